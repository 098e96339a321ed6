# The ways to unlock: set, changed, added, taken away; and a new key for the database.
keys-change = Change
keys-change-of = Change the passphrase
keys-remove = Remove
keys-remove-of = Remove: { $way }
keys-add-passphrase = Set a passphrase
keys-add-key-file = Add a key file
keys-add-keyring = Use the system keyring
keys-cancel = Cancel
keys-only = This is the only way in. Another one, or a recovery code, keeps your data from being lost with it.
keys-only-code = Only the recovery code is left. Set a passphrase, then make a new code.

keys-proof = Show that it is you with
keys-proof-keyring = The system keyring shows that it is you; nothing needs to be typed.
keys-proof-passphrase = Your passphrase now
keys-proof-key-file = Choose the key file
keys-proof-recovery = Your fifteen words
keys-proof-missing = Show that it is you first.

keys-passphrase-title = Set a passphrase
keys-passphrase-change-title = Change the passphrase
keys-passphrase-new = New passphrase
keys-passphrase-hint = Five or more random words work well. Nobody can bring it back.
keys-passphrase-again = The same again
keys-passphrase-empty = Enter a passphrase.
keys-passphrase-differs = The two are not the same.
keys-passphrase-do = Set it
keys-passphrase-old = The one before opens nothing any more. A copy of your data folder made earlier still opens with it; a new key (below, in Settings) shuts such a copy out of everything from then on.
keys-passphrase-done = The passphrase counts from now on.

keys-file-title = Add a key file
keys-file-text = A small file that unlocks Thinline, for example on a USB stick. Whoever can read it can open your data.
keys-file-pick = Choose where to put it
keys-file-missing = Choose where to put the key file.
keys-file-do = Add it
keys-file-done = The key file opens your data from now on.

keys-keyring-title = Use the system keyring
keys-keyring-text = Thinline then opens whenever you are signed in. Programs that run as you could ask the keyring, too.
keys-keyring-do = Use it
keys-keyring-done = The keyring opens your data from now on.

keys-remove-title = Remove this way in?
keys-remove-text = “{ $way }” opens nothing any more. What is left: { $left }.
keys-remove-do = Remove it
keys-remove-done = It opens nothing any more.

keys-rotate = New key
keys-rotate-title = A new key for your data
keys-rotate-says = If somebody may have copied your data folder and knows an old passphrase or code, give your data a new key: what they have opens nothing that you keep from then on.
keys-rotate-start = Make a new key…
keys-rotate-text = The whole database is encrypted anew; with much data that takes a minute. Each way in must be shown once, so that it opens the new key, too.
keys-rotate-keyring = The system keyring goes on by itself.
keys-rotate-passphrase = Your passphrase
keys-rotate-file = Choose the key file
keys-rotate-recovery = Your recovery code
keys-rotate-optional = Leave it empty if it shall open nothing any more.
keys-rotate-drops = Opens nothing any more: { $ways }.
keys-rotate-keeps = Every way in goes on.
keys-rotate-backups = Backups made before keep the old key, and open as they did.
keys-rotate-none = Show at least one way in.
keys-rotate-do = Make a new key
keys-rotate-done = Your data has a new key.
keys-rotate-done-dropped = Your data has a new key. Opens nothing any more: { $ways }.
