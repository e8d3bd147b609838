"""A joint report is filed once two people of each association stand by it, and one report for each year."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from budgetproto.accounts.bodies import service as bodies
from budgetproto.database import Database
from budgetproto.reporting.annual import filing, service, storage
from budgetproto.reporting.annual.verifying import altered
from tests.bodies import stand_all
from tests.factories import Scene, drop_guard, make_person, make_scene
from tests.reporting.annual.writing import YEAR, Desk, begun, filed, written


@pytest.fixture
def scene(database: Database) -> Scene:
    made = make_scene(database)
    stand_all(made)
    return made


@dataclass(frozen=True)
class Joint:
    """A joint report, closed by the union: two people of the union and two of the cities are in it."""

    desk: Desk
    digest: str
    mayor: str
    deputy: str

    def approve(self, person: str) -> None:
        """Let a person approve the closed text."""
        filing.approve(self.desk.database, person, self.desk.report, digest=self.digest)

    def file(self) -> str:
        """File the report."""
        return filing.file_report(self.desk.database, self.desk.author, self.desk.report)


@pytest.fixture
def joint(scene: Scene) -> Joint:
    desk, deputy = begun(scene), make_person(scene.database)
    bodies.admit(
        scene.database, scene.mayor.id, party_id=scene.cities.id, login=deputy.login, name=deputy.name
    )
    for person in (scene.mayor, deputy):
        service.admit(scene.database, desk.author, desk.report, whom=person.id, party_id=scene.cities.id)
    written(scene, desk)
    digest = filing.close(scene.database, desk.author, desk.report, seen=desk.version)
    return Joint(desk, digest, scene.mayor.id, deputy.id)


def test_a_joint_report_is_filed_once_two_people_of_each_association_stand_by_it(joint: Joint) -> None:
    for person in (joint.mayor, joint.deputy, joint.desk.second):
        with pytest.raises(filing.NotApproved):
            joint.file()
        joint.approve(person)
    assert joint.file() == joint.digest
    with joint.desk.database.reading() as session:
        assert list(altered(session)) == []


def test_nobody_binds_an_association_by_approving_twice(joint: Joint) -> None:
    joint.approve(joint.desk.second)
    joint.approve(joint.mayor)
    with pytest.raises(filing.ApprovedBefore):
        joint.approve(joint.mayor)
    with pytest.raises(filing.NotApproved):
        joint.file()


def test_what_an_association_has_filed_with_others_it_does_not_file_alone(joint: Joint, scene: Scene) -> None:
    other = service.open_report(scene.database, joint.mayor, party_id=scene.cities.id, year=YEAR)
    for person in (joint.desk.second, joint.mayor, joint.deputy):
        joint.approve(person)
    joint.file()
    with pytest.raises(service.YearFiled) as refused:
        service.open_report(scene.database, joint.mayor, party_id=scene.cities.id, year=YEAR)
    assert refused.value.details["year"] == str(YEAR)
    service.admit(scene.database, joint.mayor, other, whom=joint.deputy, party_id=scene.cities.id)
    mine = written(scene, Desk(scene.database, other, joint.mayor, joint.deputy))
    with pytest.raises(service.YearFiled):
        filing.close(scene.database, joint.mayor, other, seen=mine.version)
    service.open_report(scene.database, joint.mayor, party_id=scene.cities.id, year=YEAR + 1)


def test_of_two_closed_reports_of_a_year_the_first_is_filed(scene: Scene) -> None:
    first = written(scene)
    second = written(scene, begun(scene))
    for desk in (first, second):
        digest = filing.close(scene.database, desk.author, desk.report, seen=desk.version)
        filing.approve(scene.database, desk.second, desk.report, digest=digest)
    filing.file_report(scene.database, first.author, first.report)
    with pytest.raises(service.YearFiled):
        filing.file_report(scene.database, second.author, second.report)
    with scene.database.reading() as session:
        assert [row.id for row in storage.filed(session)] == [first.report]


def test_who_files_at_the_same_moment_is_refused_by_the_table(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(scene)
    # As both look before either writes.
    for module in (filing, service):
        monkeypatch.setattr(module, "check_year", lambda *_: None)
    second = written(scene, begun(scene))
    digest = filing.close(scene.database, second.author, second.report, seen=second.version)
    filing.approve(scene.database, second.second, second.report, digest=digest)
    with pytest.raises(service.YearFiled):
        filing.file_report(scene.database, second.author, second.report)


def test_a_report_counted_for_somebody_else_is_found(scene: Scene) -> None:
    filed(scene)
    drop_guard(scene.database, "annual_filer")
    with scene.database.writing() as session:
        session.connection().execute(sa.update(storage.FilerRow).values(party=scene.cities.id))
    with scene.database.reading() as session:
        assert [each.key for each in altered(session)] == ["annual.altered"]
