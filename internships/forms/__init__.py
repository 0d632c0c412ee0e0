"""What people type about hosts, internships and days. Rules are in the actions."""
