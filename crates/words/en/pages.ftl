# Desk, plans, posts, slips, figures, log
queue-sign = To sign for
queue-measure = Measure to be set
queue-work = In work
queue-check = To check
queue-returned = Returned, to decide
queue-confirm = To confirm
queue-hand-out = To hand out
queue-name-checkers = Checkers to name
queue-close = To close
queue-look-back = Look-backs due

desk-hello = { $person }, { $count ->
    [one] one thing waits for you today
   *[other] { $count } things wait for you today
}
desk-hello-none = { $person }, nothing waits for you today
desk-all = All
desk-nothing = Nothing waits for you
desk-nothing-hint = New matters to sign for, check or look at again appear here first.
desk-slips = Slips
desk-slips-hint = Reminders and slips drafted by the system: yours to sign or drop. You may object to those addressed to you.
desk-handovers = Handovers to confirm
desk-administrator = Administration
desk-administrator-hint = The three administrators do no business of the bureau; each keeps to a field of their own.
desk-closed-share = Closed
desk-relapsed = Relapsed
desk-relapsed-hint = reopened after closing

chart-burn-up = Found and closed
chart-burn-up-hint = what lies between the lines is still open
chart-burn-up-caption = { $listed } found and { $closed } closed so far
chart-listed = found
chart-closed = closed
chart-open = left
chart-units = In work by section
chart-heat = Problems by week
chart-heat-hint = new ones each week; the darker, the more
chart-data = The data

plans-hint = Upload a plan, see how far it can be supervised, then adopt it as a campaign.
plans-new = Read a new plan
plans-file = Document
plans-file-hint = .docx or .txt, at most 32 MB. Classified documents are refused.
plans-read = Read it
plans-adopted = Adopted plans
plans-authority = Authority basis
plans-time = From – until
plans-organisation = Stages and organisation
plans-done = The plan was adopted as a campaign

draft-title = Draft of a plan
draft-fit = How far this plan can be supervised
draft-fit-is = { $tasks } tasks: { $owner } name a unit, { $day } a day, { $deliverable } something that can be checked. What is missing can be filled in below.
draft-frame = Title and time
draft-overlap = Why it is no repetition of another campaign
draft-keep = Take this one
draft-where = Where it stands in the text
draft-document = The text
draft-not-understood = Tinted: nothing was read from this paragraph

posts-hint = Matters belong to posts, not to persons; when people change, open matters are handed over with the post.
posts-open = { $count } open
posts-open-matters = Open matters
posts-holder = Holder
posts-rank = Rank
posts-deputy = Deputy
posts-handing-over = Handover
posts-handover = Handover
posts-handover-due = Both sides confirm by { $day }; the clocks run on.
posts-outgoing = Outgoing
posts-incoming = Incoming
posts-confirmed = Confirmed
posts-not-confirmed = Not confirmed
posts-appointments = Appointments
posts-changes = Changes
posts-newcomer = Name of the new holder
posts-from = From
posts-until = Until
posts-last-day = Last day
posts-roles = Roles
posts-invite = Make a sign-in link
posts-invited = The one-time link for { $person }, good for 72 hours:
posts-invited-hint = Hand it over in person or by an internal channel; making another one voids it.
command-appoint = Appoint
command-leave = Leave
command-name-deputy = Name a deputy
command-confirm-handover = Confirm the handover
command-grant = Grant

slips-hint = Drafted by the system each morning; only a person's signature makes them count. The post addressed may object in time, and somebody else than the signer decides.
slips-waiting = Waiting for you
slips-none = No slip waits for you
slips-others = Other slips
slips-matters = { $count ->
    [one] 1 matter
   *[other] { $count } matters
}
slips-to = To { $post }
slips-due = due { $day }
slips-object-until = Objections by { $day }
slips-decision = Decision
slips-upheld = The objection stands; the slip is withdrawn
slips-not-upheld = The objection does not stand

policy-sub = Figures no. { $policy } are in force; calendar version { $calendar }, holidays published up to { $day }
policy-clocks = Limits
policy-counts = Counts
policy-what = What
policy-length = Length
policy-value = Value
policy-source = Source
policy-confirmed = Confirmed by
policy-unconfirmed = Unconfirmed
policy-working-days = { $n ->
    [one] 1 working day
   *[other] { $n } working days
}
policy-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
policy-months = { $n ->
    [one] 1 month
   *[other] { $n } months
}
policy-sign = Signing
policy-decline = Declining
policy-plan = Setting a measure
policy-at-once = At once
policy-within = Within a limit
policy-standing = Checkpoint of a standing duty
policy-check = Checking
policy-redo = Doing it again
policy-look-back-first = First look-back
policy-look-back-second = Second look-back
policy-handover = Confirming a handover
policy-objection = Objecting to a slip
policy-checkers = Checkers
policy-returns-before-decision = The return at which the office decides
policy-extensions = Extensions at most
policy-overlap-days = Days within which the same supervision is a repetition
policy-blue-days = Working days left at which the light turns blue
policy-blue-percent = Per cent left at which the light turns blue
policy-yellow-points = Points behind at which the light turns yellow
policy-note-before = Working days before the limit for a note
policy-slip-after = Working days past for a yellow slip
policy-red-after = Working days past for a red slip
policy-weekly-cap = Reminders a week at most
policy-reds-before-talk = Red slips a quarter before a talk is proposed

log-hint = Every step is an entry that is only ever added; of each it can be proved that it is in the log, untouched.
log-checkpoint = Download the checkpoint
log-go = Go back from entry
log-show = Show
log-entry = Entry
log-time = Entered
log-what = What happened
log-thing = Belongs to
log-hash = Fingerprint
log-newest = Newest
log-older = Older
log-holds = Verified: this entry is in the log, untouched
log-fails = Not verified: this entry does not agree with the tree head. Tell the audit administrator at once.
log-leaf = The public leaf
log-leaf-hint = These very bytes are hashed into the tree: codes, posts, days and commitments, no texts and no personal data.
log-path = Proof path ({ $count } steps)
log-path-hint = Combined with these values in turn (RFC 6962), the leaf's fingerprint gives the tree head above.
