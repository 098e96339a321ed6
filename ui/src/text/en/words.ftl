# The closed lists in words.
kind-collected = collected
kind-inferred = guessed
kind-used = reached you
kind-given-out = given out
kind-received = received
kind-setting = setting
kind-choice = choice
kind-signal = signal
kind-request = request
kind-result = result

kind-meaning-collected = What the service noted about you.
kind-meaning-inferred = What it guessed about you.
kind-meaning-used = An ad, message or pick that reached you.
kind-meaning-given-out = What it gave to others.
kind-meaning-received = What it got from others.
kind-meaning-setting = A state that the service reports.
kind-meaning-choice = A choice that you made here.
kind-meaning-signal = A signal that was sent on.
kind-meaning-request = A request or a step at a service.
kind-meaning-result = What a later export showed.

category-viewing = What you watched
category-listening = What you listened to
category-searches = What you searched for
category-browsing = Pages and items you looked at
category-app-use = How you used the service
category-purchases = What you bought
category-payments = How you paid
category-reactions = Likes, ratings, lists, follows
category-own-content = What you posted, wrote or said
category-messages = Messages with others
category-people = Contacts and friends
category-location = Where you were
category-devices = Devices, connections, sign-ins
category-account = Your account details
category-guessed-interests = What it thinks interests you
category-guessed-traits = What it thinks you are
category-ad-groups = Groups and lists that advertisers can pick you by
category-shown = Ads, messages and picks that reached you
category-off-site = What other companies reported
category-settings = Your settings and consents

purpose-recommendations = Recommendations
purpose-ads-here = Personalized ads here
purpose-ads-elsewhere = Ads that follow you
purpose-from-elsewhere = What others report about you
purpose-sharing = Passing your data on
purpose-messages = Marketing messages
purpose-improvement = Tests and product research
purpose-ai-training = Training AI

purpose-sentence-recommendations = Uses what you watch, hear, read, buy or search for to choose what it shows you next.
purpose-sentence-ads-here = Picks the ads you see in this service from what you do in it.
purpose-sentence-ads-elsewhere = Uses your data from here to choose ads on other sites and apps.
purpose-sentence-from-elsewhere = Takes in what shops, apps and data sellers tell it about you.
purpose-sentence-sharing = Sells it, or gives it to other companies for their own use.
purpose-sentence-messages = Sends e-mails, texts and notifications to bring you back or sell you something.
purpose-sentence-improvement = Uses your behavior for experiments and to improve the service for everyone.
purpose-sentence-ai-training = Uses what you write, say, upload or do to train AI models.

purpose-group-yours = Makes it yours
purpose-group-advertising = Advertising
purpose-group-contact = Contact and research

wish-on = Leave on
wish-undecided = Not decided
wish-off = Off

sensitivity-1 = ordinary
sensitivity-2 = revealing
sensitivity-3 = sensitive
