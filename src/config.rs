//! copydesk.yaml.
