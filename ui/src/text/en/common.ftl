# Words of the kit.
close = Close
undo = Undo
loading = Loading
copy = Copy
copy-what = Copy { $what }
copied = Copied.
copy-selected = Selected: press Ctrl+C to copy.
try-again = Try again
