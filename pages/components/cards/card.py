"""What the parts of one metric's card share: the metric, its draft, and how that is kept."""

from dataclasses import dataclass

from pages.shell.session import navigation, queues, reviews
from qc_core.quality_control.annotating.changes import MetricEdit
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Generation, StatusEntry


def card_part(metric: Metric) -> str:
    """The name of a metric's card among the parts of the page."""
    return f"card-{metric.key}"


def list_facts(metric: Metric) -> list[str]:
    """Modality, stage and tags, such as "ecephys", "Raw data", "probe: A"."""
    tags = [f"{tag_key}: {value}" if tag_key else value for tag_key, value in metric.tags]
    return [word for word in (metric.modality.label, metric.stage, *tags) if word]


def objects_part(metric: Metric) -> str:
    """The name by which the fields of a curation's objects are reset when the version changes otherwise."""
    return f"{metric.key}/objects"


@dataclass(frozen=True, slots=True)
class CardContext:
    """What the parts of one card share. `key` is the draft's key for it, `name` the prefix of its widgets' keys.

    `wide`: whether it has the width of two cards.
    """

    record_id: str
    metric: Metric
    generation: Generation
    stored: StatusEntry | None
    key: str
    name: str
    disabled: bool
    wide: bool = False

    @property
    def edit(self) -> MetricEdit | None:
        """The current edit; a callback must not use the one from when the card was drawn."""
        return reviews.get_review(self.record_id).metric_edit(self.key)

    def keep(self, edit: MetricEdit | None, *, decides: bool = False, is_verdict: bool = False) -> None:
        """Store what a control made of the draft, and draw again what shows it.

        Where the person just decided (`decides`), and works off a queue, the next metric of it is opened instead. A
        verdict (`is_verdict`) may be stored with those that follow at once.

        A control that was reset meanwhile, because the record changed, is ignored: a click before the page is drawn
        again sends the values of all controls on the old page. Nothing is drawn for it, since that would break off
        what the click asked for.
        """
        if reviews.get_review(self.record_id).widget_name(self.metric.key) != self.name:
            return
        reviews.keep_edit(self.record_id, self.key, edit, can_wait=is_verdict)
        if decides:
            queues.follow_decision(self.record_id, self.metric.key)
        self.redraw()

    @property
    def part(self) -> str:
        """The name of this card among the parts of the page that can be drawn again."""
        return card_part(self.metric)

    def redraw(self) -> None:
        """From a callback: draw this card again."""
        navigation.redraw(self.record_id, self.part)

    def reset(self) -> None:
        """Draw this card's widgets again, with the values stored or drafted now."""
        reviews.get_review(self.record_id).reset_card(self.metric.key)
