# The frame: rooms, the sample's banner, the fault screen.
app-name = Thinline
rooms = Rooms
room-services = Services
room-timeline = Timeline
room-profile = Profile
room-log = Log
room-settings = Settings
lock-now = Lock now
skip = Go to the content
sample-name = Sample data
sample-banner = Sample data: all of it is invented.
sample-leave = Leave and delete it
fault-title = Thinline cannot start
