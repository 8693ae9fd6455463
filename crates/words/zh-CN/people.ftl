# 角色和级别
role-group-head = 组长
role-deputy-in-charge = 分管领导
role-campaign-office = 领导小组办公室
role-handler = 承办人
role-checker = 核查人
role-discipline = 纪检
role-receiver = 受理人
role-window = 窗口
role-system-admin = 系统管理员
role-security-admin = 安全管理员
role-audit-admin = 审计管理员
role-reader = 只读

rank-staff = 工作人员
rank-section-head = 科室负责人
rank-deputy-leader = 分管负责人
rank-leader = 主要负责人
