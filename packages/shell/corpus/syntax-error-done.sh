echo before
done
