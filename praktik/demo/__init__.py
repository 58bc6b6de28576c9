"""The demonstration: a made-up story of the county, told from 2017-03-13 to 2018-12-31.

`cast/` says which agencies take part, with how many people and talks; `people.py` gives the people names;
`diary.py` finds days for the talks; `phrases/`, `fitting.py` and `notes.py` put words to them; `story.py`,
`steps.py` and `hindrances.py` say what came of them. `officers.py` mans the employment offices, and `places/` plans
the life of every place, to its end or to the last day. `chapters.py` and `places/chapter.py` turn it all into
happenings, which `stage.py` plays in order of time through the same verbs as the pages use; `build.py` does the whole.
`reporting.py` and `letters.py` tell of what the coordinator reports and sends. A further chapter is one more function
that yields happenings. `running.py` runs the site that shows it, and `mail.py` puts what it sends in a folder.

Chance falls the same way every time, and separately for each purpose (`dice.py`), so the story is always the same
and a new chapter does not change the old ones. People, talks and figures are made up.
"""
