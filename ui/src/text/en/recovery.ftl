# The recovery code: made, checked, used, taken away.
recovery-title = Recovery code
recovery-none = There is none. If your key is lost, nobody can open your data.
recovery-set = There is one. It opens your data when nothing else does.
recovery-since = Made on { $date }.
recovery-make = Make a recovery code
recovery-replace = Make a new one
recovery-remove = Remove it
recovery-remove-title = Remove the recovery code?
recovery-remove-text = What you wrote down opens nothing any more. If your key is lost then, your data is lost.
recovery-remove-keep = Keep it
recovery-removed = The recovery code was removed.
recovery-prove = First show that it is you
recovery-prove-passphrase = Your passphrase
recovery-prove-missing = Enter the passphrase.
recovery-prove-key-file = Choose the key file
recovery-next = Next
recovery-cancel = Cancel
recovery-write-title = Write these words down
recovery-write-text = Fifteen words, in this order. They are shown once. Whoever has them and your data can read it, so keep them where you keep papers.
recovery-replaces = The code that you have now opens nothing any more once this one counts.
recovery-copy = Thinline does not put them on the clipboard: clipboards keep a history, and other programs read it.
recovery-save = Save as a file to print
recovery-saved = { $path } was written. It is not encrypted: print it, then delete it.
recovery-written = I wrote them down
recovery-check-title = Three of them again
recovery-check-text = So that nothing is misread. The code counts once they fit.
recovery-check-word = Word { $place }
recovery-check-missing = Enter the word.
recovery-back = Show the words again
recovery-finish = Check
recovery-made = The recovery code counts from now on.
recovery-gone = This code is not shown any more, so it cannot be checked. Make one again.
unlock-recovery = Use the recovery code
unlock-recovery-label = Your fifteen words
unlock-recovery-hint = In their order, with spaces between. The first four letters of each are enough.
unlock-recovery-do = Unlock with these words
unlock-recovery-count = { $words ->
    [one] { $words } of 15 words
   *[other] { $words } of 15 words
  }
unlock-recovery-unknown = { $count ->
    [one] Word { $places } is none of the words of recovery codes.
   *[other] Words { $places } are none of the words of recovery codes.
  }
unlock-recovery-after = Unlocked with the recovery code. It still counts: keep the sheet. Set a new passphrase here, and make a new code if somebody else may have read this one.
unlock-recovery-together = These words do not belong together: one is another, or two are swapped.
unlock-recovery-short = A recovery code has 15 words; these are { $words }.
