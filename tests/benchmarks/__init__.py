"""Measurements, run by hand: each prints one JSON object last."""
