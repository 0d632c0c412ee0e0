"""What the world holds of offers and applications: an offer of the partner's, for which the young person applied."""

from pathways.enums import Family
from tests import factories


def make(*, edition, partner, unit, tutor, participation, partner_staff) -> dict:
    offer = factories.OfferFactory(
        opportunity=factories.OpportunityFactory(edition=edition, organisation=partner, family=Family.INTERNSHIP),
        unit=unit,
        host_tutor=tutor,
        answered_by=partner_staff,
        created_by=partner_staff,
    )
    application = factories.ApplicationFactory(
        offer=offer, participation=participation, cv=factories.StoredFileFactory(about=participation.person_id)
    )
    link = factories.ApplicationLinkFactory(application=application, tutor=tutor)
    return {"offer": offer, "application": application, "application_link": link}


def more(here) -> None:
    """One more who applied for the offer, and one more offer of the partner's for which the person applied."""
    factories.ApplicationFactory(offer=here.offer, participation__edition=here.edition)
    other = factories.OfferFactory(
        opportunity=factories.OpportunityFactory(
            edition=here.edition, organisation=here.partner, family=Family.INTERNSHIP
        ),
        unit=here.unit,
        answered_by=here.partner_staff,
        created_by=here.partner_staff,
    )
    factories.ApplicationFactory(offer=other, participation=here.participation)
