"""The graph as RDF: triples and their claims, the store, SPARQL, exports, checks and explanations.

``rdf`` turns facts into triples, ``turtle`` and ``store`` write them, ``queries`` asks, ``export`` converts,
``verify`` re-reads every quotation, ``explain`` says why, ``archive`` keeps the facts themselves.
"""
