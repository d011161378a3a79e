"""From an uploaded file to accepted rows and issues, with the address of every cell kept."""
