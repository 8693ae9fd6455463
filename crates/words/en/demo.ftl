# The demonstration: six things whose whole course can be told.
demo-case-1-title = Three trips for one certificate
demo-case-1-what = It came from the hotline, was passed on twice, and the campaign office decided who owns it; the second checker has still to speak.
demo-case-2-title = Unpaid wages, no answer for 72 days
demo-case-2-what = The limit is long past; a reminder, a yellow and a red slip were signed in turn, and it is still not done.
demo-case-3-title = No more tickets after 11:20
demo-case-3-what = Found by an unannounced visit and closed within three days; thirty days later it was back, and was reopened under its own number.
demo-case-4-title = Pensions promised within the month
demo-case-4-what = Found by comparing the public promise with the payment list; one extension was approved, and the first limit stays beside it.
demo-case-5-title = An old injury case that nobody took over
demo-case-5-what = A promise of the predecessor. The post has just changed its holder: the matter stays where it is, and the handover waits to be confirmed.
demo-case-6-title = A threshold nobody had set
demo-case-6-what = Found by comparing documents; sent back once, resubmitted straight, passed by two checkers, and waiting to be closed.
demo-not-empty = The ledger has { $count } entries already; the demonstration begins on an empty one only.
