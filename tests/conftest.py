"""Set Hypothesis so that a run does not depend on chance, nor on how busy the machine is.

`pytest --hypothesis-profile=many tests/test_text.py tests/test_robustness.py` looks further: 20,000 examples a
property, others in each run.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("many", settings.get_profile("steady"), derandomize=False, max_examples=20_000)
settings.load_profile("steady")
