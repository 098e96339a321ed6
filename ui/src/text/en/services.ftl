# Services: the list, and the page of one service.
services-title = Services
services-summary = { $listed ->
    [one] { $listed } service listed
   *[other] { $listed } services listed
  } · { $records ->
    [one] { $records } record
   *[other] { $records } records
  }
services-import = Import an export
services-listed = Services that you listed
services-others = Not listed
services-others-lead = Listing a service changes nothing at the service. It gives the service a page here.
services-list = List
services-list-name = List { $service }
services-listed-toast = { $service } is listed.
services-unlist = Take off the list
services-unlisted-toast = { $service } is off the list. Its records stay.
services-aliases = also: { $names }
services-empty-title = No services listed yet
services-empty-text = List the services that you use. Nothing changes at them: each gets a page with what it holds, what you want, and how to get your data.
services-col-service = Service
services-col-kinds = By kind
services-col-guessed = Guessed
services-col-others = From others
services-col-off = Wanted off
services-holds-since = { $count ->
    [one] { $count } record
   *[other] { $count } records
  } since { $month }
services-holds = { $count ->
    [one] { $count } record
   *[other] { $count } records
  }
services-holds-none = Nothing imported yet
services-kinds-name = Records of { $service } by kind: { $parts }
services-kinds-part = { $count } { $kind }
services-off-of = { $off } of { $all }

# The page of one service.
service-back = All services
service-read = read: { $archive }, { $date }
service-ask-again = ask again
service-ask = Get your data
service-nothing-read = no export read yet
service-tabs = Parts of this page
service-tab-choices = Your choices
service-tab-holds = What it holds
service-tab-data = Get your data
service-gone-title = No such service
service-gone-text = Thinline does not know a service by this name.

# You want, done so far, their data.
choices-purpose = Purpose
choices-want = You want
choices-done = Done so far
choices-data = Their data
choices-radios = You want: { $purpose }
choices-note = “Done so far” is what you or your browser did. A choice here is noted on this computer; { $service } learns of it only through a step, a signal or a letter.
choices-off-since = Off since { $date } · { $by }
choices-off = Off
choices-left = Left as it is
choices-left-since = Left as it is · { $by }, { $date }
choices-undecided = Not decided
choices-until = until { $date }
choices-by-you = you
choices-by-useful = preset Keep it useful
choices-by-balanced = preset Balanced
choices-by-needed = preset Only what is needed
choices-set-until = Set an end date
choices-change-until = Change end date
choices-until-lead = On that day the choice falls back to what stood before it.
choices-until-label = End date
choices-until-month = In a month
choices-until-quarter = In three months
choices-until-year = In a year
choices-until-save = Save
choices-until-none = No end date
choices-until-past = Choose a day after today.
choices-cancel = Cancel
choices-toast = { $service }, { $purpose }: { $wish }
choices-toast-until = { $service }, { $purpose }: { $wish } until { $date }
choices-toast-history = { $service }, history: { $wish }
choices-undone = Taken back.

can-setting = There is a setting for it
can-signal = A signal can ask
can-letter = A letter can ask
can-paid = Costs money
can-none = No way that we know
can-not-on-plan = Not done on your plan

done-nothing = Nothing to do
done-not-started = { $steps ->
    [one] Not done yet: { $steps } step
   *[other] Not done yet: { $steps } steps
  }
done-not-started-signal = Not done yet: a signal can ask
done-not-started-banner = Not done yet: a cookie banner can be answered
done-not-started-letter = Not done yet: a letter can ask
done-not-started-other = Not done yet
done-pending-days = { $days ->
    [one] Waiting: { $service } says up to { $days } day (since { $date })
   *[other] Waiting: { $service } says up to { $days } days (since { $date })
  }
done-pending-since = Waiting since { $date }
done-pending = Waiting
done-applied-signal = { $where } asks sites (GPC)
done-applied-banner = { $where } refuses cookie banners
done-applied-other = Done by Thinline: { $where }
done-reported = You told us: done on { $date }
done-reported-undated = You told us: done
done-export-says = Their export of { $date } says: { $value }
done-export-says-undated = Their export says: { $value }
done-unreachable = No way that we know (as of { $date })
done-unreachable-undated = No way that we know
done-elsewhere = Was done on another computer; not on this computer
done-not-applicable = Not done on your plan
done-at = { $text } · { $where }

where-account = account
where-person = each person
where-this-browser = this browser
where-this-computer = this computer
where-phone = phone
where-tv = TV
where-signed-out = signed out
whose-this-browser = The browser on this computer
whose-this-computer = This computer
whose-other = Another device
value-on = on
value-off = off

data-none = No file shows it
data-not-read = No export read yet
data-records = { $count ->
    [one] { $count } record bears on it
   *[other] { $count } records bear on it
  }
data-zero = No record bears on it

steps-show = { $count ->
    [one] Show the step
   *[other] Show the { $count } steps
  }
steps-show-name = { $count ->
    [one] Show the step for { $purpose }
   *[other] Show the { $count } steps for { $purpose }
  }
steps-open = Open the page
steps-open-name = Open the page of “{ $label }” in the browser
steps-also = Also changes: { $purposes }
step-open = Open “{ $label }”.
step-tick = Tick “{ $label }”.
step-turn-off = Switch “{ $label }” off.
step-choose-profile = Choose the person ({ $service } calls it profile); each has its own setting.
step-choose-advertising-cookies = Switch the advertising cookies off.
step-choose-topics = Untick the topics that you do not want.
step-confirm-email = Confirm by e-mail.
step-other = { $label }
steps-scope = Takes effect for: { $scope }
steps-delay = { $days ->
    [one] Takes up to { $days } day
   *[other] Takes up to { $days } days
  }
steps-checked = From documentation as of { $date }
steps-stale = may have moved since

# The history lever.
history-title = Keep a history of what you do
history-sentence = Older history feeds every purpose. Services that offer it can delete it after a time, or pause it.
history-keep = Keep
history-delete = Delete after
history-pause = Pause
history-undecided = Not decided
history-radios = You want: history
history-months = Months
history-after = { $months ->
    [one] { $months } month
   *[other] { $months } months
  }
history-keep-line = Keep
history-keep-line-since = Keep, wanted since { $date } · { $by }
history-pause-since = Pause, wanted since { $date } · { $by }
history-delete-since = Delete after { $months ->
    [one] { $months } month
   *[other] { $months } months
  }, wanted since { $date } · { $by }
history-pause-wish = pause
history-delete-wish = { $months ->
    [one] delete after { $months } month
   *[other] delete after { $months } months
  }
history-keep-wish = keep
history-undecided-wish = not decided
history-done = Noted here. Thinline knows no step at { $service } for this yet.
history-data = { $count ->
    [one] { $count } record in their exports
   *[other] { $count } records in their exports
  }

# What it holds.
holds-empty-title = Nothing held here yet
holds-empty-text = Import an export of { $service } to see what it holds. It is read on this computer and stays here.
holds-records = Records
holds-first = First
holds-last = Last
holds-sensitive = Sensitive
holds-accounts = Accounts
holds-none = –
holds-categories = By category
holds-category = Category
holds-kinds = By kind
holds-kind = Kind
holds-count = Records
holds-share = Share
holds-share-tiny = under { $share }
holds-open-category = { $category }: show on the timeline
holds-open-kind = { $kind }: show on the timeline
holds-imports = Imports
holds-import-archive = Archive
holds-import-at = Imported
holds-import-account = Account
holds-import-records = Records
holds-import-undo = Undo this import
holds-import-undo-name = Undo this import: { $archive }
holds-import-undone = Undone
holds-import-open = Not finished
holds-undo-title = Undo this import?
holds-undo-goes = Goes: up to { $count ->
    [one] { $count } record
   *[other] { $count } records
  } that only { $archive } holds.
holds-undo-stays = Stays: records that another import holds too, your choices, and the log, which notes the undo.
holds-undo-again = The archive itself is not touched. You can import it again.
holds-undo-do = Undo the import
holds-undo-keep = Keep it
holds-undone-toast = The import was undone.

# Get your data.
guide-lead = { $service } must hand out what it holds about you. It takes a while, so it is good to ask now.
guide-open = Open { $service } in the browser
guide-package-unknown = { $service } does not say how long it takes
guide-steps = Steps
guide-then = When it arrives
guide-then-text = Import the file as it was downloaded. Do not unpack or rename it.
guide-checked = From documentation as of { $date }
guide-import = Import an export
