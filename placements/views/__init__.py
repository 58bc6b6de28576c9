"""What is shown? One module per thing; each view states its method, its permission and its one template."""
