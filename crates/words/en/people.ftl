# Roles and ranks.
role-group-head = group head
role-deputy-in-charge = deputy in charge
role-campaign-office = campaign office
role-handler = handler
role-checker = checker
role-discipline = discipline inspection
role-receiver = receiver
role-window = service window
role-system-admin = system administrator
role-security-admin = security administrator
role-audit-admin = audit administrator
role-reader = read only

rank-staff = staff member
rank-section-head = section head
rank-deputy-leader = deputy leader
rank-leader = leader
