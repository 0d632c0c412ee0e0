"""Tells Django which door its administration has; read before any model, so apart from the door itself."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "accounts.administration.Administration"
