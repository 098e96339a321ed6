# What was asked of a service: how it stands, and what can be done next.
request-state-asked = Waiting
request-state-overdue = Late
request-state-ready = Ready to fetch
request-state-imported = Imported
request-state-gave-up = Given up
request-line-asked = Asked for on { $asked }, expected by { $expected } ({ $left ->
    [0] today
    [one] in { $left } day
   *[other] in { $left } days
  })
request-line-overdue = Asked for on { $asked }, expected by { $expected } ({ $late ->
    [one] { $late } day ago
   *[other] { $late } days ago
  })
request-line-ready = Ready since { $ready }
request-line-link = The link ends on { $expires } ({ $left ->
    [0] today
    [one] in { $left } day
   *[other] in { $left } days
  })
request-line-link-over = The link ended on { $expires }. If it no longer works, ask again.
request-line-link-unknown = Fetch it soon: links end, and this one does not say when.
request-line-imported = Imported on { $closed }, asked for on { $asked }
request-line-gave-up = Given up on { $closed }, asked for on { $asked }
request-next = What you can do now
request-next-mail = Look for an e-mail from { $service }, also among spam: it may only want a confirmation, or hold the link.
request-next-page = Open the page again: some services show there that it is ready, or that something is missing.
request-next-write = Write to { $contact } and ask where it is. Name the day on which you asked.
request-duty = { $rule ->
    [gdpr] Where you live, companies have one month to answer: until { $due }, or the next working day.
    [uk-gdpr] Where you live, companies have one month to answer: until { $due }, or the next working day.
    [us-state] Where you live, companies have 45 days to answer: until { $due }.
    [us-iowa] Where you live, companies have 90 days to answer: until { $due }.
    [canada] Where you live, companies have 30 days to answer: until { $due }.
    [brazil] Where you live, companies have 15 days to answer: until { $due }.
   *[other] The law of your country gives companies until { $due } to answer.
  }
request-duty-over = { $rule ->
    [gdpr] Where you live, companies have one month to answer. It ended on { $due }, unless they told you that they need longer. You can complain to the data protection authority.
    [uk-gdpr] Where you live, companies have one month to answer. It ended on { $due }, unless they told you that they need longer. You can complain to the Information Commissioner.
    [us-state] Where you live, companies have 45 days to answer. They ended on { $due }, unless they told you that they need longer. You can complain to your state's attorney general.
    [us-iowa] Where you live, companies have 90 days to answer. They ended on { $due }, unless they told you that they need longer. You can complain to your state's attorney general.
    [canada] Where you live, companies have 30 days to answer. They ended on { $due }, unless they told you that they need longer. You can complain to the Privacy Commissioner.
    [brazil] Where you live, companies have 15 days to answer. They ended on { $due }. You can complain to the data protection authority.
   *[other] The time that the law of your country gives ended on { $due }.
  }
request-duty-checked = Noted from summaries of the law in { $date }. This is no legal advice.
request-is-ready = It is ready
request-is-ready-of = It is ready: { $what }
request-give-up = Give up
request-give-up-of = Give up: { $what }
request-reopen = Go on waiting
request-reopen-of = Go on waiting: { $what }
request-not-this = It was not this one
request-not-this-of = It was not this one: { $what }
request-again = Ask again
request-calendar = Put it in a calendar
request-calendar-of = Put it in a calendar: { $what }
request-calendar-all = Put all of them in a calendar
request-calendar-saved = { $path } was written. Open it with your calendar.
request-import = Import it
request-what = { $service }, { $label }
request-gave-up-toast = Given up: { $what }
request-ready-on = Ready since
request-link-until = The link works until (if the e-mail says so)
request-save = Save
request-cancel = Cancel
request-day-wrong = Choose a day from { $asked } to today.
request-link-wrong = The link cannot end before it is there.

# Get your data: noting that one asked.
ask-title = When you have asked
ask-lead = Note what you asked for. Thinline then waits with you: it says when it should be there and when its link ends.
ask-what = What you asked for
ask-on = Asked on
ask-takes = { $days ->
    [one] { $service } says up to { $days } day
   *[other] { $service } says up to { $days } days
  }
ask-not-read = Thinline only recognizes its files; it does not read them yet.
ask-holds = Holds: { $what }
ask-do = I asked for it
ask-none = Tick at least one.
ask-day-wrong = Choose a day that has come.
ask-noted = Noted. It should be there by { $date }.
ask-requests = What you asked for so far
ask-waits = waits already
