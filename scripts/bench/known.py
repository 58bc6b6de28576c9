"""What measuring knows of the data beforehand."""

ROLES = {
    "coordinator": "koordinator@example.se",
    "case officer": "handlaggare@example.se",
    "steering group": "styrgrupp@example.se",
}
NOTES = "Mätning av svarstider: ingenting av det här har sagts."
"""The notes by which a dialogue that measuring has saved is known."""
