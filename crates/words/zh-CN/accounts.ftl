# 账号和会话。登录不成时，无论登录名是否存在，说的都一样。
accounts-wrong = 登录名或密码不对。请看大小写和输入法后再试；忘了密码，请系统管理员重新发一个一次性链接
accounts-wait = 接连输错的次数太多，请 { $minutes } 分钟后再登录；急用请系统管理员解锁
accounts-too-many = 这一分钟里登录的次数太多，没有核对密码。请一分钟后再登录
accounts-locked = 您的账号已停用。如需恢复，请找系统管理员
accounts-link-spent = 这个链接已经用过、过期，或者已被新的链接代替。请找系统管理员重新发一个
accounts-session-over = 登录已到时或已退出。请重新登录，再办这一步
accounts-login-bad = 登录名只能用2至32个英文字母、数字和 . _ - @，并以字母或数字开头，如 zhangsan 或工号
accounts-login-not-free = 这个登录名不能用。请换一个，例如在后面加上工号
accounts-password-short = 密码太短。请用至少 { $shortest } 个字符，几个不相干的词连起来就好记
accounts-password-long = 密码太长。请不要超过 { $longest } 个字符
accounts-password-has-login = 密码里有您的登录名，容易被猜到。请换一个不含登录名的密码
accounts-password-common = 这个密码由常见的词、连号或年份组成，容易被猜到。请用几个不相干的词连起来
accounts-password-same = 新密码与原密码一样。请换一个
accounts-old-wrong = 原密码不对，密码没有改。请重新输入原密码
