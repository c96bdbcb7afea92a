"""A flavor of one's own, whose attributes may hold references and which asks for nothing to be installed."""

from typing import Optional

from zenml.alerter.base_alerter import BaseAlerter, BaseAlerterConfig, BaseAlerterFlavor


class ProbeConfig(BaseAlerterConfig):
    one: Optional[str] = None
    two: Optional[str] = None
    three: Optional[str] = None
    four: Optional[str] = None
    five: Optional[str] = None
    six: Optional[str] = None
    seven: Optional[str] = None
    eight: Optional[str] = None
    nine: Optional[str] = None
    ten: Optional[str] = None


class Probe(BaseAlerter):
    def post(self, *arguments, **keywords):
        return True

    def ask(self, *arguments, **keywords):
        return True


class ProbeFlavor(BaseAlerterFlavor):
    @property
    def name(self):
        return "probe"

    @property
    def config_class(self):
        return ProbeConfig

    @property
    def implementation_class(self):
        return Probe
