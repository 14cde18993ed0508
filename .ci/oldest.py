"""Print the oldest versions that requirements.txt admits, as constraints for an installer."""

from helpers.launcher import places, requirements

print("\n".join(requirements.lower_bounds(requirements.read(places.PROJECT))))
