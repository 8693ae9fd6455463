# 网页服务
serve-ready = 已就绪：{ $url } （按 Ctrl+C 停止）
serve-stopped = 已停止
serve-filling = 正在生成演示数据：云州市人社局（虚构）的专项行动……
serve-filled = 演示数据：事项{ $matters }件，日志{ $entries }条
serve-found-link = 台账还是空的。请打开 { $link } 导入花名册开办，72小时内有效；想先看看，运行 bihuan serve --demo
serve-first-link = 还没有账号。请{ $person }（系统管理员）打开 { $link } 设登录名和密码，72小时内有效。
serve-no-administrator = 没有在任的系统管理员，无法生成第一个账号；请在名册里写明系统管理员及任职人
serve-not-a-demo = “{ $dir }”里已有正式数据，不能当作演示；请换一个空目录，或者去掉 --demo
serve-without-demo = 这个程序不含演示，请用默认功能编译
serve-cannot-listen = 不能在 { $at } 提供服务：{ $why }

help-serve = 在浏览器里使用本系统
help-token = 生成接口令牌
