# 给这个系统提意见：答复全局可见。
menu-feedback = 给这个系统提意见
feedback-hint = 哪里不好用、哪里添了负担，写在这里。意见和答复全局都能看到，不作任何考核。
feedback-words = 您的意见
feedback-all = 意见和答复
feedback-none = 还没有意见
feedback-answer = 答复
feedback-given = 等待答复
feedback-answered = 已答复
command-give-feedback = 提意见
command-answer-feedback = 答复意见
event-feedback-given = 提出意见
event-feedback-answered = 答复意见
field-feedback = 意见
field-answer = 答复
stream-feedback = 意见
action-answer-feedback = 答复意见
refusal-no-such-feedback = 没有{ $feedback }号意见，请核对编号
