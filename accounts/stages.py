"""What stands between the first proof of who one is and being signed in."""

from allauth.mfa.stages import AuthenticateStage

from accounts.permissions import is_staff_member


class SecondFactorForStaff(AuthenticateStage):
    """allauth's, for members of staff alone.

    Young people's passkeys are another door, not a second lock: who lost the phone still comes in by a code.
    """

    def _should_handle(self, request):
        return is_staff_member(self.login.user) and super()._should_handle(request)
