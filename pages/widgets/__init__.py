"""The widgets: each shows one setting, and changes it when a person moves it."""
