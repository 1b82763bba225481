"""What a repository needs: configuration, changed lines, known findings, comments that allow."""
