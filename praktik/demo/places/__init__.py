"""The places of the story: how each came about, who looked for somebody, and what became of it.

`started.py` and `spring.py` say which places there are, a line for each agreement (`cue.py`); `posts.py` where in the
agencies they are. `planning.py` finds the day of each agreement among the talks, `matching.py` the orders,
`fates.py` what came of those who started and `handing.py` who had them in hand: the plan (`life.py`), which
`chapter.py` turns into happenings.
"""
