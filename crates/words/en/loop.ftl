# Matters, campaigns, slips: names of steps, commands, limits, lights and kinds.
stage-none = not there yet
stage-listed = listed, to be confirmed
stage-not-upheld = not upheld
stage-confirmed = confirmed, to be assigned
stage-assigned = assigned, to be accepted
stage-returned = returned by the owner, to be decided
stage-accepted = accepted, measure to be set
stage-planned = measure set
stage-rectifying = being put right
stage-reported = reported done, checkers to be named
stage-under-check = under check
stage-passed = check passed, to be closed
stage-closed = closed, to be looked at again
stage-consolidated = closed for good
stage-suspended = suspended
stage-merged = merged
stage-referred = referred
stage-cancelled = cancelled
stage-campaign-running = campaign running
stage-campaign-closed = campaign closed
stage-self-check = self-check already held
stage-no-self-check = no self-check open

slip-drafted = to be signed
slip-dropped = dropped
slip-signed = signed
slip-objected = objected to, to be decided
slip-decided = objection decided

# What a history is about
stream-office = units and staff
stream-basis = policy and calendar
stream-campaign = campaign
stream-matter = matter
stream-slip = slip
stream-any = the stream of an entry

command-list = list
command-confirm = confirm
command-refute = refute
command-assign = assign
command-accept = accept
command-decline = return as not ours
command-set-measure = set the measure
command-progress = record progress
command-keep-checkpoint = keep a checkpoint
command-report-done = report done
command-name-checkers = name checkers
command-check = check
command-send-back = send back
command-resubmit = resubmit straight
command-close = close
command-look-back = look back
command-reopen = reopen
command-suspend = suspend
command-resume = resume
command-extend = extend
command-transfer = transfer
command-hand-back = hand back
command-merge = merge
command-refer = refer
command-cancel = cancel
command-recuse = recuse
command-day-began = day pass
command-recount = recount limits

command-adopt = adopt a plan
command-open-self-check = open a self-check
command-report = report problems found
command-report-none = report no problem
command-close-self-check = close the self-check
command-change-scope = change the scope
command-close-campaign = end the campaign

command-draft-slip = draft a slip
command-sign-slip = sign a slip
command-drop-slip = drop a slip
command-object = object
command-decide-objection = decide an objection

limit-sign = limit for accepting
limit-plan = limit for the measure
limit-rectify = limit for putting right
limit-check = limit for the check
limit-look-back = day of the look-back

light-grey = grey (suspended)
light-green = green (on plan)
light-blue = blue (near its limit)
light-yellow = yellow (behind plan)
light-red = red (past its limit)

grade-note = note
grade-urge = urge
grade-yellow = yellow slip
grade-red = red slip
grade-talk = talk

authority-internal = internal supervision
authority-trade = supervision of the trade
authority-fund = administrative supervision of funds
authority-designated = designated government supervision

source-self-check = self-check
source-citizens = citizens
source-hotline = hotline 12345
source-inspection = inspection
source-audit = audit
source-unannounced-visit = unannounced visit
source-screening = data screening
source-accusation = accusation

remedy-at-once = at once
remedy-within = within a limit
remedy-standing = standing duty

step-sign = accept again
step-plan = set the measure again
step-rectify = put right again

pause-awaiting-superior = awaiting a superior's answer
pause-legal-procedure = before a court or under review
pause-needs-law-or-budget = needs legislation, posts or budget
pause-force-majeure = force majeure

marking-public = public
marking-internal = internal
marking-work-secret = work secret
