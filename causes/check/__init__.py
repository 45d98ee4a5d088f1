"""“What fits?”: red flags first, then the causes in the order in which they fit what a reader told. Not a diagnosis.

`red_flags.yaml` says how soon to get help, the clues of causes what fits; `judging` puts both together.
"""
