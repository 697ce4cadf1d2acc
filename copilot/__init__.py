"""The product: programme, ledger, drafting pipeline, stores, engines, composition root and the ``coach`` command."""
