"""What the provider says of a person: the claims of the Italian public identities."""

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from portal.demo.idp.people import people

LEVELS = "https://www.spid.gov.it/SpidL"


class Adapter(DefaultOIDCAdapter):
    def get_user_sub(self, client, user):
        """Each client knows somebody under another name, as SPID and CIE do."""
        return f"{client.id}-{user.username}"

    def get_user_by_sub(self, client, sub):
        from django.contrib.auth.models import User

        return User.objects.filter(username=sub.removeprefix(f"{client.id}-")).first()

    def get_claims(self, purpose, user, client, scopes, email=None, **kwargs):
        person = people()[user.username]
        claims = {"sub": self.get_user_sub(client, user)}
        if purpose == "id_token":
            return {**claims, "acr": f"{LEVELS}{person.get('level', 2)}"}
        return {
            **claims,
            "given_name": person["given_name"],
            "family_name": person["family_name"],
            "birthdate": person["birthdate"].isoformat(),
            "gender": person["gender"],
            "email": person.get("email", ""),
            "https://attributes.eid.gov.it/fiscal_number": f"TINIT-{person['fiscal_number']}",
        }
