"""Many articles: worker processes, results on disk that outlive a kill, a cluster."""
