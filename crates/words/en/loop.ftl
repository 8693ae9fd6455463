# Matters, campaigns, slips: names of steps, commands, limits, lights and kinds.
stage-none = Not there yet
stage-listed = Listed, to be confirmed
stage-not-upheld = Not upheld
stage-confirmed = Confirmed, to be assigned
stage-assigned = Assigned, to be accepted
stage-returned = Returned by the owner, to be decided
stage-accepted = Accepted, measure to be set
stage-planned = Measure set
stage-rectifying = Being put right
stage-reported = Reported done, checkers to be named
stage-under-check = Under check
stage-passed = Check passed, to be closed
stage-closed = Closed, to be looked at again
stage-consolidated = Closed for good
stage-suspended = Suspended
stage-merged = Merged
stage-referred = Referred
stage-cancelled = Cancelled
stage-campaign-running = Campaign running
stage-campaign-closed = Campaign closed
stage-self-check = Self-check already held
stage-no-self-check = No self-check open

slip-drafted = To be signed
slip-dropped = Dropped
slip-signed = Signed
slip-objected = Objected to, to be decided
slip-decided = Objection decided

# What a history is about
stream-office = units and staff
stream-basis = policy and calendar
stream-campaign = campaign
stream-matter = matter
stream-slip = slip
stream-any = the stream of an entry

command-list = List
command-confirm = Confirm
command-refute = Refute
command-assign = Assign
command-accept = Accept
command-decline = Return as not ours
command-set-measure = Set the measure
command-progress = Record progress
command-keep-checkpoint = Keep a checkpoint
command-report-done = Report done
command-name-checkers = Name checkers
command-check = Check
command-send-back = Send back
command-resubmit = Resubmit straight
command-close = Close
command-look-back = Look back
command-reopen = Reopen
command-suspend = Suspend
command-resume = Resume
command-extend = Extend
command-transfer = Transfer
command-hand-back = Hand back
command-merge = Merge
command-refer = Refer
command-cancel = Cancel
command-recuse = Recuse
command-day-began = Day pass
command-recount = Recount limits

command-adopt = Adopt a plan
command-open-self-check = Open a self-check
command-report = Report problems found
command-report-none = Report no problem
command-close-self-check = Close the self-check
command-change-scope = Change the scope
command-close-campaign = End the campaign

command-draft-slip = Draft a slip
command-sign-slip = Sign a slip
command-drop-slip = Drop a slip
command-object = Object
command-decide-objection = Decide an objection

limit-sign = Limit for accepting
limit-plan = Limit for the measure
limit-rectify = Limit for putting right
limit-check = Limit for the check
limit-look-back = Day of the look-back

light-grey = grey (suspended)
light-green = green (on plan)
light-blue = blue (near its limit)
light-yellow = yellow (behind plan)
light-red = red (past its limit)

grade-note = Note
grade-urge = Urge
grade-yellow = Yellow slip
grade-red = Red slip
grade-talk = Talk

authority-internal = Internal supervision
authority-trade = Supervision of the trade
authority-fund = Administrative supervision of funds
authority-designated = Designated government supervision

source-self-check = Self-check
source-citizens = Citizens
source-hotline = Hotline 12345
source-inspection = Inspection
source-audit = Audit
source-unannounced-visit = Unannounced visit
source-screening = Data screening
source-accusation = Accusation

remedy-at-once = At once
remedy-within = Within a limit
remedy-standing = Standing duty

step-sign = Accept again
step-plan = Set the measure again
step-rectify = Put right again

pause-awaiting-superior = Awaiting a superior's answer
pause-legal-procedure = Before a court or under review
pause-needs-law-or-budget = Needs legislation, posts or budget
pause-force-majeure = Force majeure

marking-public = Public
marking-internal = Internal
marking-work-secret = Work secret
