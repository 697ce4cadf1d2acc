"""Tasks: labelled cases through the production objects, each outcome handed to the scorers. They judge nothing."""
