# The ledger of matters: how they stand, and orders
standing-overdue = overdue
standing-near = near the limit
standing-on-plan = on plan
standing-with-checkers = with checkers
standing-closed = closed
standing-pending = to be handed out
standing-ended = ended
sort-urgency = by urgency
sort-number = by number
sort-problem = by problem
sort-unit = by unit
sort-stage = by stage
sort-due = by deadline
sort-changed = by last action
