# Words of the kit.
close = Close
undo = Undo
loading = Loading
copy = Copy
copy-what = Copy { $what }
copied = Copied.
copy-selected = Selected: press Ctrl+C to copy.
import-in-sample = Leave the sample to import your own data.
try-again = Try again
country-none = Rather not say
passphrase-show = Show
passphrase-hide = Hide
key-file-make = Choose where to put it
