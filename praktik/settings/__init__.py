"""Settings: `base` is shared; `production`, `demo` and `test` say what differs."""
