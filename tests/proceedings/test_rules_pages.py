"""The page of the Rules: the article of each obligation, or a draft to amend them by in both languages."""

from budgetproto.i18n import Named, text
from budgetproto.sittings.procedure import change_setting
from tests.journeys.visitor import shown
from tests.staged import Staged, master, staged

__all__ = ["master", "staged"]
SOURCE = Named("Регламент, 2022-жыл", "Регламент, 2022 год", "Rules, 2022")


def test_an_obligation_without_an_article_is_drafted_until_the_article_is_entered(staged: Staged) -> None:
    visitor = staged.visitor("union")
    drafts = {
        (question, language): text(f"proceedings.participation.amendment.{question}", language, days=3)
        for question in ("invited", "came", "spoke", "opinion", "expertise")
        for language in ("ky", "ru")
    }
    before = shown(visitor.get("/participation/rules"))
    assert [each for each in drafts.values() if each not in before] == []
    article = Named("Регламент, 31-берене", "Регламент, статья 31", "Rules, article 31")
    secretary = staged.person("secretary").id
    change_setting(staged.database, secretary, "article_came", name=article, source=SOURCE)
    after = shown(visitor.get("/participation/rules"))
    assert {key for key, said in drafts.items() if said not in after} == {("came", "ky"), ("came", "ru")}
    assert article.en in after
    for question in ("invited", "spoke", "opinion", "expertise"):
        change_setting(staged.database, secretary, f"article_{question}", name=article, source=SOURCE)
    assert text("proceedings.rules.all_known", "en") in shown(visitor.get("/participation/rules"))
