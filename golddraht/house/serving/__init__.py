"""What stands between uvicorn and Django: whole bodies in, live streams and files out, health and figures."""
