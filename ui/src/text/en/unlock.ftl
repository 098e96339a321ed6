# The unlock screen.
unlock-title = Thinline is locked
unlock-lead = Your data lies encrypted on this computer.
unlock-keyring = Unlock with the system keyring
unlock-or = or
unlock-passphrase = Unlock
unlock-missing = Enter the passphrase.
unlock-key-file = Unlock with a key file
