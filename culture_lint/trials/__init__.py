"""Try changes of copy on the engine, to say what each would bring: nothing here is estimated."""
