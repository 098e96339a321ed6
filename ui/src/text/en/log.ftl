# The log room.
log-lead = What you decided and what Thinline did, in order. Each entry is sealed into the ones after it, so a later change to this record can be detected.
log-empty = Nothing is recorded yet
log-empty-says = Choices, imports and exports appear here as soon as there are some.
log-entries = Entries
log-count = { $shown } of { $size }
log-older = Older entries
log-entry = Entry { $seq }, kind:

log-vault-made = You set Thinline up.
log-vault-unlocked = Thinline was unlocked.
log-all-sites = all sites
log-some-service = a service
log-choice = You changed a choice.
log-choice-many = You changed { $count } choices at { $at }.
log-choice-undone = You took a choice back. { $now }
log-choice-undone-many = You took { $count } choices back.
log-choice-on = You leave “{ $purpose }” on at { $at }{ $until ->
    [none] .
   *[other] {" "}until { $until }.
  }
log-choice-off = You want “{ $purpose }” off at { $at }{ $until ->
    [none] .
   *[other] {" "}until { $until }.
  }
log-choice-undecided = “{ $purpose }” at { $at } is not decided again.
log-history-months = You want { $at } to delete your history after { $months ->
    [one] a month
   *[other] { $months } months
  }{ $until ->
    [none] .
   *[other] {" "}until { $until }.
  }
log-history-pause = You want { $at } to pause your history{ $until ->
    [none] .
   *[other] {" "}until { $until }.
  }
log-history-keep = You want { $at } to keep your history{ $until ->
    [none] .
   *[other] {" "}until { $until }.
  }
log-history-undecided = The history at { $at } is not decided again.
log-choice-expired = A choice ran out; what stood before it counts again.
log-choice-expired-of = A choice ran out. { $now }
log-choice-expired-many = { $count } choices ran out; what stood before them counts again.
log-preset = You applied a preset.
log-import = You imported an export of { $service }.
log-import-records = You imported an export of { $service }: { $records ->
    [one] one record
   *[other] { $records } records
  }.
log-import-undone = You took back an import of { $service }.
log-import-undone-records = You took back an import of { $service }: { $records ->
    [one] one record went
   *[other] { $records } records went
  }.
log-profile = You exported your profile.
log-profile-records = You exported your profile as { $form }: { $records ->
    [one] one record
   *[other] { $records } records
  }.
log-profile-size = You exported your profile as { $form }: { $records ->
    [one] one record
   *[other] { $records } records
  }, { $size }.
log-taken-up = You took up a profile from another computer.
log-erased = You erased something.
log-erased-of = { $records ->
    [one] You erased { $records } record ({ $what }).
   *[other] You erased { $records } records ({ $what }).
  }
log-erased-what-record = a record
log-erased-what-day = a day
log-erased-what-category = a kind of data
log-erased-what-import = an import
log-erased-what-service = a service
log-erased-what-all = everything
log-hid = { $records ->
    [one] You hid { $records } record.
   *[other] You hid { $records } records.
  }
log-showed = { $records ->
    [one] You showed { $records } hidden record again.
   *[other] You showed { $records } hidden records again.
  }
log-people = You said whose profiles are.
log-account = You renamed an account.
log-rule = You changed what is imported or shown.
log-key-rotated = Your data got a new key.
log-key-rotated-dropped = Your data got a new key; some ways in were left behind and open nothing any more.
log-checkpoint-kept = You made a checkpoint to keep elsewhere.
log-settings = You changed settings.
log-settings-of = You changed settings: { $changed }.
log-unreadable = This entry cannot be read.
log-content-missing = The content of this entry is not here.
log-unknown = { $kind }

log-verify = Is the log whole?
log-verify-says = { $count ->
    [one] Recomputes the one entry and compares it with its signed state.
   *[other] Recomputes all { $count } entries and compares them with their signed state.
  }
log-verify-now = Check now
log-checked-at = Checked { $at }.
log-root = the root
log-whole = { $count ->
    [one] The one entry fits.
   *[other] All { $size } entries fit together.
  }
log-anchor-match = The state kept outside the database fits too.
log-anchor-none = There is no state kept outside the database to compare with: an older copy of the whole database would not be noticed.
log-anchor-newer = This log does not lead to the state that was kept outside the database
log-anchor-newer-says = Its entries fit together. Either an older copy of the data was put back, or earlier entries were written anew.
log-changed = The log was changed after it was written
log-fault-entry = An entry is not as it was when it was recorded.
log-fault-payload = The content of an entry is not as it was when it was recorded.
log-fault-checkpoint = The entries do not lead to the recorded state.
log-fault-signature = The signature of the recorded state does not fit.
log-fault-at = The first one that does not fit is entry { $seq }.
log-changed-next = Keep a copy of the data folder as it is now; a damaged disk can be the cause as well as a change by hand.
log-can = What a check can show, and what it cannot
log-can-changes = It shows changes to what was recorded: by accident, by a damaged disk, or by someone without your key.
log-can-older = It shows that an older copy was put back, if a later state lies in the keyring or in a checkpoint that you kept.
log-cannot-malware = It cannot show what a program that runs as you, while Thinline is unlocked, adds as a new entry.
log-cannot-clock = It cannot show whether this computer's clock was right. The order of entries holds, times are a claim.
log-cannot-service = It cannot show whether a service did what it said. The log holds only what you and Thinline did and saw.

log-checkpoint = Keep a checkpoint elsewhere
log-checkpoint-says = A checkpoint is a few signed lines that fix what this log says until now. Keep them outside this computer, in a mail to yourself for instance: whoever has them can notice if the past was rewritten. They hold no content.
log-checkpoint-make = Make a checkpoint
log-checkpoint-lines = the checkpoint
log-vault-unlocked-recovery = Thinline was unlocked with the recovery code
log-recovery-made = A recovery code was made
log-recovery-replaced = The recovery code was replaced; the old one opens nothing any more
log-recovery-removed = The recovery code was removed
log-request-asked = You asked { $service } for your data
log-request-ready = Your data is ready at { $service }
log-request-imported = What you asked { $service } for was imported
log-request-gave-up = You gave up waiting for your data from { $service }
log-request-reopened = Waiting for your data from { $service } goes on
log-way-made-passphrase = A passphrase was set
log-way-made-key-file = A key file was added
log-way-made-keyring = The system keyring was added
log-way-replaced-passphrase = The passphrase was changed; the old one opens nothing any more
log-way-removed-passphrase = The passphrase was removed
log-way-removed-key-file = A key file was removed
log-way-removed-keyring = The system keyring was removed
log-way-removed-recovery = The recovery code was removed
log-restored = A backup was put back; the log goes on from where it stood.
log-restored-of = A backup of { $date } was put back; the log goes on from where it stood.
log-moved = The data came to this computer from another one. From here on the log is signed with a key of its own.
