"""Who may? The permissions of the reports' room, and what a reader may see of the figures."""

from praktik.accounts.models import User

READ = "reports.read_results"
SMALL = "reports.read_small_cells"
WRITE = "reports.change_monthlyreport"
AIM = "reports.change_target"
READ_LETTERS = "reports.view_letter"
WRITE_LETTERS = "reports.change_letter"
REMIND = "placements.hand_over_placement"


def reads_small_cells(user: User) -> bool:
    """Whether small cells are shown, with the ways to the places behind them (domain description, "Sex")."""
    return user.has_perm(SMALL)
