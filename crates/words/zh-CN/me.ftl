# 我的：在别处的登录。
me-sessions = 登录中的浏览器
me-session-own = 本机
me-session-no-post = 还没有选岗位
me-session-times = { $opened } 登录，{ $seen } 最近使用
me-session-end = 退出它
