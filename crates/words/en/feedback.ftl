# Feedback about this system: its answers are seen by the whole office.
menu-feedback = Feedback on this system
feedback-hint = Say here what is hard to use or adds to your burden. The whole office sees the feedback and the answers; none of it counts in any appraisal.
feedback-words = Your feedback
feedback-all = Feedback and answers
feedback-none = No feedback yet
feedback-answer = Answer
feedback-given = waiting for an answer
feedback-answered = answered
command-give-feedback = Send feedback
command-answer-feedback = Answer
event-feedback-given = Feedback given
event-feedback-answered = Feedback answered
field-feedback = the feedback
field-answer = the answer
stream-feedback = feedback
action-answer-feedback = answer feedback
refusal-no-such-feedback = There is no feedback { $feedback }; look at the number again
