"""Measurements that a person asks for: ratios of two things in one run, never part of the tests."""
