# To do: the list by date.
room-todo = To do
todo-lead = What waits for you, what waits for a service, and what is done.
todo-now = For you
todo-waiting = Waiting for a service
todo-done = { $count ->
    [one] { $count } done
   *[other] { $count } done
  }
todo-count = { $count ->
    [one] { $count } thing waits for you
   *[other] { $count } things wait for you
  }
todo-now-none = Nothing waits for you just now.
todo-later = Not now
todo-later-of = Not now: { $what }
todo-later-says = Put off for a week.
todo-recovery-title = Write down a recovery code
todo-recovery-text = If your key is ever lost, fifteen words on paper open your data. Without them, nobody can.
todo-recovery-do = Make a recovery code
todo-people-title = { $count ->
    [one] Whose is it? One person at { $service } is not decided.
   *[other] Whose is it? { $count } persons at { $service } are not decided.
  }
todo-people-text = Records of persons that are not decided are left out of measures and of your profile export.
todo-people-do = Decide
todo-again-title = Read an export of { $service } again
todo-again-text = Thinline reads more of it than it did then: { $count ->
    [one] { $count } file
   *[other] { $count } files
  }.
todo-again-do = Show the imports
todo-arrived-title = An export of { $service } arrived
todo-arrived-of = { $file }, { $size }, since { $at }. Nothing of it was read.
todo-arrived-do = Check it
todo-arrived-do-name = Check it: { $file }
todo-arrived-not = Not this one
todo-arrived-not-name = Not this one: { $file }
todo-ask-title = Ask { $service } for your data
todo-ask-text = It can take weeks to come, so it is good to ask now.
todo-ask-do = Show how
todo-empty-title = Nothing to do
todo-empty-text = Ask a service for your data, and this page says when it should be there.
todo-empty-do = Choose a service
todo-moved-watch-title = Choose the folder to watch again
todo-moved-watch-text = On the computer that this data came from, a folder was watched for new exports. On this one none is.
todo-moved-watch-do = Choose in Settings
