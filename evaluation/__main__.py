"""Entry point of ``evaluation`` and ``python -m evaluation``: ``start`` and ``test``, else the command line."""

import sys

from evaluation import bootstrap


def main() -> int:
    """Run the command named by the arguments and return its exit code."""
    if sys.argv[1:2] == ["start"]:
        return bootstrap.start(sys.argv[2:])
    if sys.argv[1:2] == ["test"]:
        return bootstrap.test(sys.argv[2:])
    if not bootstrap.installed():
        sys.stderr.write(bootstrap.say("not_installed") + "\n")
        return 2
    # The command line needs what start installs.
    from evaluation.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
